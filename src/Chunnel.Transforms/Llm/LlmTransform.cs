using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Providers;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Llm;

/// <summary>Adds what a model answers about each row. A batch's requests are in flight together; its rows keep their order.</summary>
internal sealed class LlmTransform(OutputColumns output, RowErrors errors, LlmChat chat, IReadOnlyList<(string Name, int Column)> inputs, int rowsPerRequest) : ITableTransform
{
    private const string Failed = "Failed to inference model with row";

    private readonly byte[][] _names = [.. inputs.Select(input => Encoding.UTF8.GetBytes(input.Name))];
    private readonly AnswerColumn _column = new(output, errors);

    public TableSchema Output => output.Table;

    public int BatchRows => chat.Calls.BatchRows(rowsPerRequest);

    public TableLineage LineageOf(TableSchema input) => output.LineageOf(input);

    public void Open(TransformRuntime runtime)
    {
        _column.Open(runtime);
        chat.Open(runtime);
    }

    public async ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop)
    {
        try
        {
            _column.Answers = await Batches.AskAsync(batch.Selected, rowsPerRequest, chat.Calls.Parallel, (first, count, either) => AskAsync(batch, first, count, either), stop);
        }
        catch
        {
            batch.Dispose();
            throw;
        }
        if (_column.Apply(batch) is { } made) await output.EmitAsync(made, stop);
    }

    public void Dispose() => _column.Dispose();

    /// <summary>The answers about some of the rows that count.</summary>
    private async Task<IReadOnlyList<LlmAnswer>> AskAsync(ColumnBatch batch, int first, int count, CancellationToken stop)
    {
        var answers = await chat.AskAsync(Rows(batch, first, count), count, stop);
        if (answers.Count == count && (count == 1 || answers[0].Wrong is null)) return answers;
        var single = new LlmAnswer[count];
        for (var i = 0; i < count; i++) single[i] = (await chat.AskAsync(Rows(batch, first + i, 1), 1, stop))[0];
        return single;
    }

    private byte[] Rows(ColumnBatch batch, int first, int count)
    {
        var json = new ByteWriter(capacity: 1 << 10);
        json.Append((byte)'[');
        for (var i = first; i < first + count; i++)
        {
            if (i > first) json.Append((byte)',');
            json.Append((byte)'{');
            for (var column = 0; column < inputs.Count; column++)
            {
                if (column > 0) json.Append((byte)',');
                JsonText.AppendString(json, _names[column]);
                json.Append((byte)':');
                JsonText.Append(json, batch[inputs[column].Column], batch.RowAt(i));
            }
            json.Append((byte)'}');
        }
        json.Append((byte)']');
        return json.Written.ToArray();
    }

    private sealed class AnswerColumn(OutputColumns columns, RowErrors errors) : ColumnMaker(columns, errors)
    {
        /// <summary>One for each row that counts.</summary>
        public LlmAnswer[] Answers { get; set; } = [];

        protected override void Fill(ColumnBatch batch, ColumnBuilder[] to)
        {
            var column = to[0];
            for (var i = 0; i < batch.Selected; i++)
            {
                var row = batch.RowAt(i);
                if (column is TextBuilder text) At(text, row);
                var answer = Answers[i];
                if (answer.Wrong is null && answer.TryWrite(column, row)) continue;
                column.AppendNullAt(row);
                Fail(batch, row, $"column '{Output.Columns[^1].Name}'", $"{Failed}: {answer.Wrong ?? $"it answered '{answer.Text}', which is no {column.Type}"}", ModelErrors.WrongAnswer);
            }
        }
    }
}
