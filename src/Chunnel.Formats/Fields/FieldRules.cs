using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>How a wire writes a single field: what stands around the value, what is escaped, what is null.</summary>
internal abstract unsafe class FieldRules
{
    /// <summary>The byte around quoted values; -1 when there is none.</summary>
    public abstract int Quote { get; }

    /// <summary>True when dates are yyyy-MM-dd and timestamps that, a blank or T, and HH:mm:ss.</summary>
    public abstract bool TakesIsoTimes { get; }

    /// <summary>Makes a fast reader of text columns, where there is one.</summary>
    public abstract FieldReader TextReader(int field, int column, ColumnDef definition);

    /// <summary>The value's text, without quotes and escapes. It stands in the bytes or in the scratch, until the next call.</summary>
    /// <param name="bytes">What the field's place counts from.</param>
    /// <param name="field">The field.</param>
    /// <param name="kind">The type to read it as: some can be empty.</param>
    /// <param name="scratch">Room to take escapes out.</param>
    /// <param name="text">The text; as it stands there when it is malformed.</param>
    public abstract FieldText Resolve(byte* bytes, FieldSpan field, TypeKind kind, ByteWriter scratch, out ReadOnlySpan<byte> text);

    /// <summary>Reads resolved text into the builder's row.</summary>
    public abstract ParseOutcome Parse(ReadOnlySpan<byte> text, ColumnBuilder to, int row);
}

/// <summary>What a field was found to hold.</summary>
internal enum FieldText
{
    Value,
    Null,

    /// <summary>Something that the wire does not allow, such as an unknown escape.</summary>
    Malformed,
}
