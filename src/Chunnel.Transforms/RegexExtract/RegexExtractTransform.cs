using System.Text;
using System.Text.RegularExpressions;
using Chunnel.Core;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.RegexExtract;

/// <summary>The groups of a pattern's first match, or the defaults where there is none.</summary>
internal sealed class RegexExtractTransform(OutputColumns output, int source, Regex pattern, IReadOnlyList<string>? defaults, RowErrors errors)
    : ColumnMaker(output, errors)
{
    private readonly byte[][]? _defaults = defaults?.Select(Encoding.UTF8.GetBytes).ToArray();
    private readonly ValueTexts _texts = new(source);
    private Characters _characters = new();

    protected override void Fill(ColumnBatch batch, ColumnBuilder[] to)
    {
        var builders = Array.ConvertAll(to, builder => (TextBuilder)builder);
        var values = batch[source];
        _texts.Read(batch);
        for (var i = 0; i < batch.Selected; i++)
        {
            var row = batch.RowAt(i);
            foreach (var builder in builders) At(builder, row);
            try
            {
                if (!values.IsNull(row)) Extract(_characters.Of(_texts.Of(i, row)), builders);
            }
            catch (RegexMatchTimeoutException)
            {
                Fail(batch, row, batch.Schema.Columns[source].Name, PatternSearch.TooLong);
            }
            AppendDefaults(row, builders);
        }
    }

    /// <summary>Appends the groups that took part in a match.</summary>
    private void Extract(ReadOnlySpan<char> text, TextBuilder[] to)
    {
        if (!pattern.IsMatch(text)) return;
        var match = pattern.Match(text.ToString());
        for (var group = 1; group <= to.Length; group++)
        {
            if (match.Groups[group].Success) Characters.Append(match.Groups[group].ValueSpan, to[group - 1]);
        }
    }

    private void AppendDefaults(int row, TextBuilder[] to)
    {
        if (_defaults is null) return;
        for (var column = 0; column < to.Length; column++)
        {
            if (to[column].Count == row) to[column].Append(_defaults[column]);
        }
    }
}
