using System.Text;
using Chunnel.Plugins;

namespace Chunnel.Samples.Countdown;

/// <summary>Gives prepared files their names. A commit may come twice, so one that is done already counts as done.</summary>
internal sealed class JsonFolderCommitter : ISinkCommitter
{
    public ValueTask<IReadOnlyList<byte[]>> CommitAsync(IReadOnlyList<byte[]> infos, CancellationToken stop)
    {
        foreach (var path in infos.Select(Encoding.UTF8.GetString))
        {
            if (File.Exists(JsonFolderWriter.Aside(path))) File.Move(JsonFolderWriter.Aside(path), path);
        }
        return new([]);
    }

    public ValueTask AbortAsync(IReadOnlyList<byte[]> infos, CancellationToken stop)
    {
        foreach (var path in infos.Select(Encoding.UTF8.GetString)) File.Delete(JsonFolderWriter.Aside(path));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
