using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine.Tests;

/// <summary>Refuses multiples of a number, and lets the others pass; or throws on a batch that has some, before anything else or when others have passed.</summary>
internal sealed class PickyPlugin : TransformPlugin
{
    public static readonly Option<int> Refuses = Option.Int("refuses").Default(10).Says("Refuses multiples of it.");

    public static readonly Option<string> Way = Option.Choice("way", "refuse", "throw", "throw_late").Default("refuse").Says("What it does about them.");

    public override string Name => "Picky";

    public override string Summary => "Refuses multiples of a number.";

    public override OptionSet Options { get; } = new([Refuses, Way]);

    public override ValueTask<ITransform> CreateAsync(TransformContext context, CancellationToken stop) => new(new Picky(context.Tables, context.Get(Refuses), context.Get(Way)));

    private sealed class Picky(IReadOnlyList<TableSchema> tables, int refused, string way) : ITransform
    {
        private IRowRefusals _refusals = NoRefusals.Allowed;

        public IReadOnlyList<TableSchema> Tables { get; } = tables;

        public ValueTask OpenAsync(TransformRuntime runtime, CancellationToken stop)
        {
            _refusals = runtime.Refusals;
            return ValueTask.CompletedTask;
        }

        public async ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop)
        {
            ColumnBatch kept;
            var bad = false;
            using (batch)
            {
                if (way == "throw") ThrowOnAny(batch);
                bad = way == "throw_late" && batch.Selected > 1;
                kept = Keep(batch);
            }
            await output.EmitAsync(kept, stop);
            if (bad) throw new FormatException("too late");
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void ThrowOnAny(ColumnBatch batch)
        {
            for (var i = 0; i < batch.Selected; i++)
            {
                if (((FixedColumn<long>)batch[0]).Values[batch.RowAt(i)] is var number && number % refused == 0) throw new FormatException($"{number} is no number for me");
            }
        }

        private ColumnBatch Keep(ColumnBatch batch)
        {
            var values = ((FixedColumn<long>)batch[0]).Values;
            var rows = new List<ushort>();
            for (var i = 0; i < batch.Selected; i++)
            {
                var row = batch.RowAt(i);
                if (values[row] % refused != 0) rows.Add((ushort)row);
                else _refusals.Refuse(batch, row, new ChunnelException(CommonErrors.IllegalArgument, $"{values[row]} is a multiple of {refused}; the secret is hunter2hunter2."));
            }
            var selection = ColumnBuffer.Rent<ushort>(batch.Memory, Math.Max(1, rows.Count));
            for (var i = 0; i < rows.Count; i++) selection.As<ushort>()[i] = rows[i];
            return batch.WithSelection(selection, rows.Count);
        }
    }
}
