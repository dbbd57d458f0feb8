using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>When each state was entered last (engine.md 3).</summary>
public sealed record StateTimes<TStatus>(ImmutableArray<KeyValuePair<TStatus, Instant>> Entries)
    where TStatus : struct, Enum
{
    public static readonly StateTimes<TStatus> None = new([]);

    public bool Has(TStatus status) => IndexOf(status) >= 0;

    /// <summary>When the state was entered last; null if it never was.</summary>
    public Instant? Of(TStatus status) => IndexOf(status) is var index and >= 0 ? Entries[index].Value : null;

    public StateTimes<TStatus> Entered(TStatus status, Instant at)
    {
        var entry = KeyValuePair.Create(status, at);
        return new(IndexOf(status) is var index and >= 0 ? Entries.SetItem(index, entry) : Entries.Add(entry));
    }

    private int IndexOf(TStatus status)
    {
        for (var index = 0; index < Entries.Length; index++)
        {
            if (EqualityComparer<TStatus>.Default.Equals(Entries[index].Key, status)) return index;
        }
        return -1;
    }
}
