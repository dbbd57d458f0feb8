using System.Text;
using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>Adds the values of a path's <c>k=v</c> folders to the batches of its file.</summary>
internal sealed class PartitionColumns : IDisposable
{
    private readonly FileTable _table;
    private readonly BatchMemory _memory;
    private readonly Column?[] _values;

    public PartitionColumns(FileTable table, string path, BatchMemory memory)
    {
        _table = table;
        _memory = memory;
        var values = PartitionPath.Parse(path).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        _values = [.. table.Outputs.Select(output => output.FileOrdinal < 0 ? Make(values.GetValueOrDefault(output.Column.Name)) : null)];
    }

    /// <summary>The batch with all columns that come out. Takes the batch over.</summary>
    public ColumnBatch AddTo(ColumnBatch batch)
    {
        using (batch)
        {
            var columns = new Column[_values.Length];
            var next = 0;
            for (var i = 0; i < columns.Length; i++)
            {
                if (_values[i] is { } value)
                {
                    value.Retain();
                    columns[i] = new ConstantColumn(value, batch.Rows);
                }
                else
                {
                    columns[i] = batch[next++];
                    columns[i].Retain();
                }
            }
            return batch.WithColumns(_table.Schema, columns);
        }
    }

    public void Dispose()
    {
        foreach (var value in _values) value?.Release();
    }

    private Column Make(string? value)
    {
        using var one = new TextBuilder(DataType.String, _memory, 1);
        if (value is null) one.AppendNull();
        else one.Append(Encoding.UTF8.GetBytes(value));
        return one.Build(1);
    }
}
