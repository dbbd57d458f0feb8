namespace Chunnel.Core;

/// <summary>Where one field's bytes stand within the bytes of its rows, with what the scan learnt about them.</summary>
public readonly struct FieldSpan
{
    private const uint MissingBit = 1u << 31;
    private const uint EscapedBit = 1u << 30;
    private const uint LengthMask = EscapedBit - 1;

    /// <summary>A field that the row does not have.</summary>
    public static readonly FieldSpan Missing = new(0, MissingBit);

    private readonly uint _word;

    private FieldSpan(int start, uint word)
    {
        Start = start;
        _word = word;
    }

    /// <summary>Bytes from the start of the grid's rows to the first byte of the field.</summary>
    public int Start { get; }

    /// <summary>Bytes of the field; 0 when it is missing.</summary>
    public int Length => (int)(_word & LengthMask);

    /// <summary>True when the bytes are not the value yet: something in them is escaped.</summary>
    public bool IsEscaped => (_word & EscapedBit) != 0;

    /// <summary>True when the row has no such field.</summary>
    public bool IsMissing => (_word & MissingBit) != 0;

    /// <summary>A field whose bytes are the value.</summary>
    public static FieldSpan Plain(int start, int length) => new(start, (uint)length);

    public static FieldSpan Escaped(int start, int length) => new(start, (uint)length | EscapedBit);
}
