using System.Text;

namespace Chunnel.Formats;

/// <summary>Which column a key names: an open hash table over bytes, tried first at the place where the key before suggests it.</summary>
internal sealed class JsonKeys
{
    private readonly byte[][] _names;
    private readonly int[] _slots;

    public JsonKeys(IReadOnlyList<string> names)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        _slots = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, names.Count * 2))];
        for (var i = 0; i < _names.Length; i++)
        {
            var slot = Slot(_names[i]);
            while (_slots[slot] != 0) slot = slot + 1 & _slots.Length - 1;
            _slots[slot] = i + 1;
        }
    }

    public int Count => _names.Length;

    /// <summary>The key's number, or -1. Where two columns have one name, the first.</summary>
    public int Find(ReadOnlySpan<byte> key, int expected)
    {
        if ((uint)expected < (uint)_names.Length && key.SequenceEqual(_names[expected])) return expected;
        for (var slot = Slot(key); _slots[slot] != 0; slot = slot + 1 & _slots.Length - 1)
        {
            if (key.SequenceEqual(_names[_slots[slot] - 1])) return _slots[slot] - 1;
        }
        return -1;
    }

    private int Slot(ReadOnlySpan<byte> key)
    {
        var hash = 2_166_136_261u; // FNV-1a
        foreach (var b in key) hash = (hash ^ b) * 16_777_619;
        return (int)(hash & (uint)(_slots.Length - 1));
    }
}
