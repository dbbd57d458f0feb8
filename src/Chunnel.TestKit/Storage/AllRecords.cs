using System.Text;
using Chunnel.Engine;

namespace Chunnel.TestKit;

/// <summary>The simplest state of a log: all its records, as texts. Its snapshot is all of them.</summary>
public sealed class AllRecords : ILogState
{
    private readonly List<LogRecord> _records = [];
    private readonly Lock _lock = new();

    public IReadOnlyList<string> Texts
    {
        get
        {
            lock (_lock) return [.. _records.Select(record => Encoding.UTF8.GetString(record.Bytes.Span))];
        }
    }

    public static LogRecord Record(string text, int kind = 1) => new(kind, Encoding.UTF8.GetBytes(text));

    public void Clear()
    {
        lock (_lock) _records.Clear();
    }

    public void Apply(LogRecord record)
    {
        lock (_lock) _records.Add(record);
    }

    public IReadOnlyList<LogRecord> Snapshot()
    {
        lock (_lock) return [.. _records];
    }
}
