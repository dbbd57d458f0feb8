using Chunnel.Core;

namespace Chunnel.Config.Hocon;

/// <summary>An object under construction: keys keep the order of their first appearance, a key twice is merged.</summary>
internal sealed class HoconObject(TextPosition where) : HoconNode(where)
{
    private readonly Dictionary<string, int> _places = [];

    public List<HoconEntry> Entries { get; } = [];

    public HoconNode? Get(string key) => _places.TryGetValue(key, out var place) ? Entries[place].Value : null;

    /// <summary>Sets a key: two objects merge, any other later value replaces the earlier one.</summary>
    /// <returns>The entry that was replaced for good, if one was.</returns>
    public HoconEntry? Put(HoconEntry entry)
    {
        if (!_places.TryGetValue(entry.Key, out var place))
        {
            _places.Add(entry.Key, Entries.Count);
            Entries.Add(entry);
            return null;
        }
        var old = Entries[place];
        if (old.Value is HoconObject under && entry.Value is HoconObject over)
        {
            foreach (var inner in over.Entries) under.Put(inner);
            return null;
        }
        var delayed = NeedsResolving(old.Value) || NeedsResolving(entry.Value);
        Entries[place] = delayed ? entry with { Value = new HoconOverlay(old.Value, entry.Value) } : entry;
        return delayed ? null : old;
    }

    /// <summary>Adds to the list that stands under the key.</summary>
    public void Append(HoconEntry entry)
    {
        var appended = entry with { Value = new HoconAppend(Get(entry.Key), entry.Value) };
        if (_places.TryGetValue(entry.Key, out var place)) Entries[place] = appended;
        else Put(appended);
    }

    /// <summary>The object under the key, made when the key is new or holds something else.</summary>
    public HoconObject Inner(string key, TextPosition keyWhere)
    {
        if (Get(key) is HoconObject inner) return inner;
        var made = new HoconObject(keyWhere);
        Put(new HoconEntry(key, keyWhere, made));
        return made;
    }

    private static bool NeedsResolving(HoconNode node) => node is HoconReference or HoconConcat or HoconOverlay or HoconAppend;
}
