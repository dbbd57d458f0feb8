using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Samples.Countdown;

/// <summary>Writes into a hidden file; what is prepared is the path that the file is to have.</summary>
internal sealed class JsonFolderWriter(TableSchema table, string folder) : ISinkWriter
{
    private readonly ByteWriter _lines = new();
    private readonly byte[][] _names = [.. table.Columns.Select(NameOf)];
    private FileStream? _file;
    private string _path = "";

    /// <summary>The name that a file has until it is committed.</summary>
    public static string Aside(string path) => Path.Combine(Path.GetDirectoryName(path)!, "." + Path.GetFileName(path));

    public async ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
    {
        // The batch is ours: it goes back on every path.
        using (batch)
        {
            stop.ThrowIfCancellationRequested();
            _lines.Clear();
            for (var i = 0; i < batch.Selected; i++) AppendLine(batch, batch.RowAt(i));
            if (_lines.Length == 0) return;
            _file ??= Begin();
            await _file.WriteAsync(_lines.WrittenMemory, stop);
        }
    }

    public ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop)
    {
        if (_file is null) return new((byte[]?)null);
        // Durable, not visible: after this a crash of the machine must not lose what the checkpoint counts on.
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        _file = null;
        return new(Encoding.UTF8.GetBytes(_path));
    }

    public ValueTask DisposeAsync()
    {
        if (_file is null) return ValueTask.CompletedTask;
        _file.Dispose();
        _file = null;
        File.Delete(Aside(_path));
        return ValueTask.CompletedTask;
    }

    private FileStream Begin()
    {
        Directory.CreateDirectory(folder);
        _path = Path.Combine(folder, $"{Guid.NewGuid():N}.json");
        return new FileStream(Aside(_path), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0, useAsync: true);
    }

    private static byte[] NameOf(ColumnDef column)
    {
        var name = new ByteWriter();
        JsonText.AppendString(name, Encoding.UTF8.GetBytes(column.Name));
        name.Append((byte)':');
        return name.Written.ToArray();
    }

    private void AppendLine(ColumnBatch batch, int row)
    {
        _lines.Append((byte)'{');
        for (var column = 0; column < batch.ColumnCount; column++)
        {
            if (column > 0) _lines.Append((byte)',');
            _lines.Append(_names[column]);
            JsonText.Append(_lines, batch[column], row);
        }
        _lines.Append("}\n"u8);
    }
}
