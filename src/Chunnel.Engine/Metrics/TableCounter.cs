namespace Chunnel.Engine;

/// <summary>Rows and bytes of one table at one place. Written once per batch by one loop, read by anyone.</summary>
public sealed class TableCounter
{
    private long _rows;
    private long _bytes;

    public long Rows => Interlocked.Read(ref _rows);

    public long Bytes => Interlocked.Read(ref _bytes);

    public void Add(long rows, long bytes)
    {
        Interlocked.Add(ref _rows, rows);
        Interlocked.Add(ref _bytes, bytes);
    }
}
