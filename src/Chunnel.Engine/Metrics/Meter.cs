using System.Collections.Concurrent;

namespace Chunnel.Engine;

/// <summary>Rows and bytes that passed one place of one subtask, by table, since it began.</summary>
public sealed class Meter(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, TableCounter> _tables = new(StringComparer.Ordinal);
    private readonly long _began = clock.GetTimestamp();
    private TimeSpan _before;

    public IReadOnlyDictionary<string, TableCounter> Tables => _tables;

    public long Rows => _tables.Values.Sum(counter => counter.Rows);

    public long Bytes => _tables.Values.Sum(counter => counter.Bytes);

    /// <summary>Time since the meter was made: rates are lifetime averages (spec rest-api.md 4.5).</summary>
    public TimeSpan Age => _before + clock.GetElapsedTime(_began);

    /// <summary>Goes on counting where a checkpoint left it; what several parts of it had counted adds up.</summary>
    public void GoOnFrom(TimeSpan age, string table, long rows, long bytes)
    {
        if (age > _before) _before = age;
        Of(table).Add(rows, bytes);
    }

    /// <summary>The table's counter: a loop asks once per batch.</summary>
    public TableCounter Of(string table) => _tables.GetOrAdd(table, static _ => new TableCounter());
}
