using System.Text;
using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>One row as it is shown.</summary>
/// <param name="Kind">What it does to the table.</param>
/// <param name="Texts">Its values for people; null for a null.</param>
/// <param name="Json">Its values for programs, each as JSON.</param>
public sealed record PreviewRow(RowKind Kind, IReadOnlyList<string?> Texts, IReadOnlyList<string> Json)
{
    public static PreviewRow Of(ColumnBatch batch, int row)
    {
        var writer = new ByteWriter();
        var (texts, json) = (new string?[batch.ColumnCount], new string[batch.ColumnCount]);
        for (var column = 0; column < texts.Length; column++)
        {
            writer.Clear();
            JsonText.Append(writer, batch[column], row);
            json[column] = Encoding.UTF8.GetString(writer.Written);
            if (batch[column].IsNull(row)) continue;
            writer.Clear();
            ValueText.Append(writer, batch[column], row, TextFormat.Json);
            texts[column] = Encoding.UTF8.GetString(writer.Written);
        }
        return new PreviewRow(batch.KindAt(row), texts, json);
    }
}
