using System.Text;
using Chunnel.Core;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Replace;

/// <summary>Values with every occurrence of a text replaced, byte for byte.</summary>
internal sealed class TextReplaceTransform(OutputColumns output, int[] sources, string text, string replacement, RowErrors errors)
    : ReplaceTransform(output, sources, errors)
{
    private readonly byte[] _sought = Encoding.UTF8.GetBytes(text);
    private readonly byte[] _replacement = Encoding.UTF8.GetBytes(replacement);
    private readonly ByteWriter _result = new();

    protected override void AppendReplaced(ColumnBatch batch, int row, string column, ReadOnlySpan<byte> text, TextBuilder to)
    {
        var found = text.IndexOf(_sought);
        if (found < 0)
        {
            to.Append(text);
            return;
        }
        _result.Clear();
        for (; found >= 0; found = text.IndexOf(_sought))
        {
            _result.Append(text[..found]);
            _result.Append(_replacement);
            text = text[(found + _sought.Length)..];
        }
        _result.Append(text);
        to.Append(_result.Written);
    }
}
