using System.Numerics;

namespace Chunnel.Transforms.Sql.Kernels.Selections;

/// <summary>The numbers of the set bits, rising: <c>foreach (var row in new SetBits(mask))</c>.</summary>
internal ref struct SetBits(ReadOnlySpan<ulong> words)
{
    private readonly ReadOnlySpan<ulong> _words = words;
    private ulong _left = words.IsEmpty ? 0 : words[0];
    private int _word;

    public int Current { get; private set; }

    public readonly SetBits GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_left == 0)
        {
            if (++_word >= _words.Length) return false;
            _left = _words[_word];
        }
        Current = (_word << 6) + BitOperations.TrailingZeroCount(_left);
        _left &= _left - 1;
        return true;
    }
}
