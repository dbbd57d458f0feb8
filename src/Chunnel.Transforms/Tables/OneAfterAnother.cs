using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Tables;

/// <summary>Two transforms of one table: what the first gives of the table goes into the second, what it gives beside it goes past.</summary>
internal sealed class OneAfterAnother(ITableTransform first, ITableTransform second) : ITableTransform
{
    private readonly Between _between = new(first.Output, second);

    public TableSchema Output => second.Output;

    public IReadOnlyList<TableSchema> SideOutputs => [.. first.SideOutputs, .. second.SideOutputs];

    /// <summary>A transform for each settings, one after another; without any the table passes.</summary>
    public static ITableTransform Make(TableSchema table, IReadOnlyList<SettingsObject> settings, Func<TableSchema, SettingsObject, ITableTransform> create)
    {
        ITableTransform made = new PassThrough(table);
        try
        {
            foreach (var each in settings)
            {
                var next = create(made.Output, each);
                switch (made, next)
                {
                    case (PassThrough, _):
                        made = next;
                        break;
                    case (_, PassThrough):
                        break;
                    case (_, Dropped):
                        made.Dispose();
                        return next;
                    default:
                        made = new OneAfterAnother(made, next);
                        break;
                }
                if (made is Dropped) return made;
            }
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    public int BatchRows => Math.Min(first.BatchRows, second.BatchRows);

    public string NameOut(string column) => second.NameOut(first.NameOut(column));

    public TableLineage LineageOf(TableSchema input) => first.LineageOf(input).Then(second.LineageOf(first.Output));

    public IReadOnlyList<TableLineage> SideLineageOf(TableSchema input) =>
        [.. first.SideLineageOf(input), .. second.SideLineageOf(first.Output).Select(first.LineageOf(input).Then)];

    public void Open(TransformRuntime runtime)
    {
        first.Open(runtime);
        second.Open(runtime);
    }

    public ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop)
    {
        _between.To = output;
        return first.ApplyAsync(batch, _between, stop);
    }

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    private sealed class Between(TableSchema table, ITableTransform second) : ITransformOutput
    {
        public ITransformOutput? To { get; set; }

        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop) =>
            ReferenceEquals(batch.Schema, table) ? second.ApplyAsync(batch, To!, stop) : To!.EmitAsync(batch, stop);
    }
}
