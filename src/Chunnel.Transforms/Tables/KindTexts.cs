using System.Text;
using Chunnel.Core;

namespace Chunnel.Transforms.Tables;

/// <summary>The kinds of a batch's rows as a column of strings.</summary>
internal sealed class KindTexts(Func<RowKind, string> text)
{
    public static readonly KindTexts Short = new(RowKinds.ToShortText);

    public static readonly KindTexts Full = new(RowKinds.ToFullText);

    private readonly byte[][] _texts = [.. Enum.GetValues<RowKind>().Select(kind => Encoding.ASCII.GetBytes(text(kind)))];

    /// <summary>A column that the caller owns.</summary>
    public Column Of(ColumnBatch batch)
    {
        using var builder = new TextBuilder(DataType.String, batch.Memory, batch.Rows);
        var kinds = batch.Kinds;
        for (var row = 0; row < batch.Rows; row++) builder.Append(_texts[kinds.IsEmpty ? 0 : kinds[row]]);
        return builder.Build(batch.Rows);
    }
}
