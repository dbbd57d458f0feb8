using System.Buffers.Binary;
using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Providers;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Embedding;

/// <summary>Adds the vectors that a model makes of columns; null for null.</summary>
internal sealed class EmbeddingTransform(OutputColumns columns, EmbeddingModel model, IReadOnlyList<(EmbeddingField Field, int Column)> fields, int inputsPerRequest, int? dimension) : ITableTransform
{
    private readonly ValueTexts[] _texts = [.. fields.Select(field => new ValueTexts(field.Column))];

    public TableSchema Output => columns.Table;

    public int BatchRows => Math.Max(1, model.Calls.BatchRows(inputsPerRequest) / fields.Count);

    public TableLineage LineageOf(TableSchema input) => columns.LineageOf(input);

    public void Open(TransformRuntime runtime) => model.Open(runtime);

    public async ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop)
    {
        ColumnBatch made;
        using (batch)
        {
            var inputs = InputsOf(batch);
            var vectors = await Batches.AskAsync(inputs.Count, inputsPerRequest, model.Calls.Parallel, (first, count, either) => AskAsync(inputs, first, count, either), stop);
            made = batch.WithColumns(Output, columns.Combine(batch, Make(batch, vectors)));
        }
        await output.EmitAsync(made, stop);
    }

    public void Dispose() => model.Dispose();

    /// <summary>Row by row, in each the fields that are not null.</summary>
    private List<EmbeddingInput> InputsOf(ColumnBatch batch)
    {
        var inputs = new List<EmbeddingInput>(batch.Selected * fields.Count);
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Field.Format != PayloadFormat.Binary) _texts[i].Read(batch);
        }
        for (var i = 0; i < batch.Selected; i++)
        {
            var row = batch.RowAt(i);
            for (var j = 0; j < fields.Count; j++)
            {
                var (field, column) = fields[j];
                if (batch[column].IsNull(row)) continue;
                inputs.Add(field.Format == PayloadFormat.Binary ? EmbeddingInput.Of(field, ((TextColumn)batch[column])[row]) : EmbeddingInput.Of(field, Encoding.UTF8.GetString(_texts[j].Of(i, row))));
            }
        }
        return inputs;
    }

    private async Task<IReadOnlyList<float[]>> AskAsync(List<EmbeddingInput> inputs, int first, int count, CancellationToken stop)
    {
        var vectors = await model.AskAsync(inputs.GetRange(first, count), stop);
        if (vectors.Count != count) throw Wrong($"The number of vectors is not equal to the number of inputs: {vectors.Count} for {count}.");
        if (dimension is { } length && vectors.FirstOrDefault(vector => vector.Length != length) is { } other) throw Wrong($"A vector has {other.Length} numbers, and 'dimension' says {length}.");
        return vectors;
    }

    private static ChunnelException Wrong(string what) => new(ModelErrors.WrongAnswer, what) { Mend = "Does the model take so many inputs at once, and give vectors of this length?" };

    private Column[] Make(ColumnBatch batch, float[][] vectors)
    {
        var builders = new TextBuilder[fields.Count];
        var made = new Column[fields.Count];
        try
        {
            for (var j = 0; j < fields.Count; j++) builders[j] = new TextBuilder(columns.Made[j].Type, batch.Memory, batch.Rows);
            var next = 0;
            for (var i = 0; i < batch.Selected; i++)
            {
                var row = batch.RowAt(i);
                for (var j = 0; j < fields.Count; j++)
                {
                    while (builders[j].Count < row) builders[j].AppendNull();
                    if (!batch[fields[j].Column].IsNull(row)) Append(builders[j], vectors[next++]);
                }
            }
            for (var j = 0; j < fields.Count; j++)
            {
                while (builders[j].Count < batch.Rows) builders[j].AppendNull();
                made[j] = builders[j].Build(batch.Rows);
            }
            return made;
        }
        catch
        {
            foreach (var column in made) column?.Release();
            throw;
        }
        finally
        {
            foreach (var builder in builders) builder?.Dispose();
        }
    }

    private static void Append(TextBuilder to, float[] vector)
    {
        var bytes = to.Space(vector.Length * sizeof(float));
        for (var i = 0; i < vector.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes[(i * sizeof(float))..], vector[i]);
        to.EnsureCapacity(to.Count + 1);
        to.Ends[to.Count] = to.ByteCount + vector.Length * sizeof(float);
        to.Advance(1, vector.Length * sizeof(float));
    }
}
