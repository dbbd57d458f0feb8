namespace Chunnel.Formats;

/// <summary>Small services to streams.</summary>
internal static class Streams
{
    private const int ChunkBytes = 64 << 10;

    /// <summary>Reads so many bytes to nowhere.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public static async ValueTask LeaveOutAsync(Stream stream, long bytes, CancellationToken stop)
    {
        var chunk = new byte[(int)Math.Min(bytes, ChunkBytes)];
        while (bytes > 0)
        {
            var some = chunk.AsMemory(0, (int)Math.Min(bytes, chunk.Length));
            await stream.ReadExactlyAsync(some, stop);
            bytes -= some.Length;
        }
    }
}
