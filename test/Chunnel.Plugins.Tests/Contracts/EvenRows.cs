using Chunnel.Core;

namespace Chunnel.Plugins.Tests.Contracts;

/// <summary>A transform that keeps rows with an even number, with a slip or without.</summary>
internal sealed class EvenRowsPlugin(Fault fault) : TransformPlugin
{
    public override string Name => "EvenRows";

    public override string Summary => "Keeps rows with an even number.";

    public override OptionSet Options { get; } = new([]);

    public override ValueTask<ITransform> CreateAsync(TransformContext context, CancellationToken stop) => new(new Transform(context.Tables, fault));

    private sealed class Transform(IReadOnlyList<TableSchema> tables, Fault fault) : ITransform
    {
        public IReadOnlyList<TableSchema> Tables => tables;

        public async ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop)
        {
            if (fault == Fault.LeaksABatch) batch.Share();
            using (batch)
            {
                var numbers = ((FixedColumn<int>)batch[0]).Values;
                var count = fault == Fault.ForgetsTheSelection ? batch.Rows : batch.Selected;
                var selection = ColumnBuffer.Rent<ushort>(batch.Memory, Math.Max(1, count));
                var kept = 0;
                for (var i = 0; i < count; i++)
                {
                    var row = fault == Fault.ForgetsTheSelection ? i : batch.RowAt(i);
                    if (!batch[0].IsNull(row) && (numbers[row] & 1) == 0) selection.As<ushort>()[kept++] = (ushort)row;
                }
                var made = batch.WithSelection(selection, kept);
                if (fault == Fault.ForgetsTheKinds) made = Inserts(made);
                await output.EmitAsync(made, stop);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static ColumnBatch Inserts(ColumnBatch batch)
        {
            using (batch)
            {
                using var builder = new BatchBuilder(batch.Schema, batch.Memory, Math.Max(1, batch.Selected));
                for (var i = 0; i < batch.Selected; i++) builder.Fixed<int>(0)[i] = ((FixedColumn<int>)batch[0]).Values[batch.RowAt(i)];
                return builder.Build(batch.Selected);
            }
        }
    }
}
