using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Functions.Vectors;

/// <summary>The numbers of one vector.</summary>
internal readonly ref struct VectorNumbers(ReadOnlySpan<byte> bytes, TypeKind kind)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly int _width = VectorValues.WidthOf(kind);

    public int Count => _bytes.Length / Math.Abs(_width);

    public float this[int index] => VectorValues.Read(_bytes[(index * Math.Abs(_width))..], _width);
}
