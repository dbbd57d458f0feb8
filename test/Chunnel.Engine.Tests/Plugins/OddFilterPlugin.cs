using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine.Tests;

/// <summary>Keeps odd numbers by selection.</summary>
internal sealed class OddFilterPlugin : TransformPlugin
{
    public static readonly Option<bool> Hangs = Option.Bool("hangs").Default(false).Says("Never returns until it is cancelled.");

    public override string Name => "Odd";

    public override string Summary => "Keeps odd numbers.";

    public override OptionSet Options { get; } = new([Hangs]);

    public override ValueTask<ITransform> CreateAsync(TransformContext context, CancellationToken stop) => new(new Odd(context.Tables, context.Get(Hangs)));

    private sealed class Odd(IReadOnlyList<TableSchema> tables, bool hangs) : ITransform
    {
        public IReadOnlyList<TableSchema> Tables { get; } = tables;

        public async ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop)
        {
            ColumnBatch kept;
            using (batch)
            {
                if (hangs) await Task.Delay(Timeout.Infinite, stop);
                kept = Keep(batch);
            }
            await output.EmitAsync(kept, stop);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static ColumnBatch Keep(ColumnBatch batch)
        {
            var values = ((FixedColumn<long>)batch[0]).Values;
            var selection = ColumnBuffer.Rent<ushort>(batch.Memory, batch.Selected);
            var rows = selection.As<ushort>();
            var count = 0;
            for (var i = 0; i < batch.Selected; i++)
            {
                var row = batch.RowAt(i);
                if (values[row] % 2 != 0) rows[count++] = (ushort)row;
            }
            return batch.WithSelection(selection, count);
        }
    }
}
