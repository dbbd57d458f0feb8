using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.TextChunk;

/// <summary>A row for each chunk of a row's text, with all the row's columns and two of the chunk's own.</summary>
/// <param name="output">The columns: the chunk, and its number.</param>
/// <param name="table">The table that comes out, with wider keys.</param>
/// <param name="source">The column with the text.</param>
/// <param name="chunker">What cuts.</param>
/// <param name="skipEmpty">Whether rows without a text are left out.</param>
internal sealed class TextChunkTransform(OutputColumns output, TableSchema table, int source, Chunker chunker, bool skipEmpty) : ITableTransform
{
    /// <summary>The chunk of a text that is null or empty.</summary>
    private static readonly Range Nothing = 0..0;

    private readonly List<Range> _chunks = [];
    private readonly int[] _parents = new int[ColumnBatch.AimRows];
    private readonly bool _keepsText = output.Made.All(column => table.IndexOf(column.Name) != source);

    public TableSchema Output => table;

    public TableLineage LineageOf(TableSchema input) => output.LineageOf(input) with
    {
        Output = table,
        Filter = skipEmpty ? $"{input.Columns[source].Name} is not empty" : null,
        FilterColumns = skipEmpty ? [input.Columns[source].Name] : [],
    };

    public async ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput to, CancellationToken stop)
    {
        using (batch)
        using (var made = new MadeRows(batch.Memory))
        {
            for (var i = 0; i < batch.Selected; i++)
            {
                var row = batch.RowAt(i);
                Cut((TextColumn)batch[source], row);
                for (var chunk = 0; chunk < _chunks.Count; chunk++)
                {
                    if (made.Count == _parents.Length || made.Bytes >= ColumnBatch.AimBytes) await to.EmitAsync(Take(batch, made), stop);
                    Put(made, (TextColumn)batch[source], row, chunk);
                }
            }
            if (made.Count > 0) await to.EmitAsync(Take(batch, made), stop);
        }
    }

    public void Dispose()
    {
        // Holds nothing.
    }

    private void Cut(TextColumn texts, int row)
    {
        _chunks.Clear();
        if (!texts.IsNull(row)) chunker.Cut(texts[row], _chunks);
        if (_chunks.Count == 0 && !skipEmpty) _chunks.Add(Nothing);
    }

    private void Put(MadeRows made, TextColumn texts, int row, int chunk)
    {
        _parents[made.Count] = row;
        if (_chunks[chunk].Equals(Nothing)) made.AddEmpty();
        else made.Add(texts[row][_chunks[chunk]], chunk, _keepsText ? texts[row].Length : 0);
    }

    private ColumnBatch Take(ColumnBatch from, MadeRows made)
    {
        var parents = _parents[..made.Count];
        var columns = output.Combine(from, parents, made.Take());
        return new ColumnBatch(table, parents.Length, columns, default, parents.Length, KindBuffers.Take(from, parents), from.Memory) { FirstRow = from.FirstRow };
    }

    /// <summary>The two columns as they grow.</summary>
    private sealed class MadeRows(BatchMemory memory) : IDisposable
    {
        private readonly TextBuilder _texts = new(DataType.String, memory, ColumnBatch.AimRows);
        private readonly FixedBuilder<int> _numbers = new(DataType.Int, memory, ColumnBatch.AimRows);

        public int Count { get; private set; }

        /// <summary>What the rows will take, roughly: their texts, whole and cut.</summary>
        public long Bytes { get; private set; }

        public void Add(ReadOnlySpan<byte> chunk, int number, int besides)
        {
            _texts.Append(chunk);
            _numbers.Values[Count++] = number;
            Bytes += chunk.Length + besides;
        }

        public void AddEmpty()
        {
            _texts.AppendNull();
            _numbers.Values[Count++] = 0;
        }

        public Column[] Take()
        {
            var rows = Count;
            (Count, Bytes) = (0, 0);
            return [_texts.Build(rows), _numbers.Build(rows)];
        }

        public void Dispose()
        {
            _texts.Dispose();
            _numbers.Dispose();
        }
    }
}
