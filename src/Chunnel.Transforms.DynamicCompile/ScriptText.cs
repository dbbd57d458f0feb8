using Chunnel.Core;
using Chunnel.Transforms.Sql.Parsing;

namespace Chunnel.Transforms.DynamicCompile;

/// <summary>A script and where it stands, so that an error can point into it.</summary>
internal sealed class ScriptText
{
    private readonly Func<int, int, TextPosition> _place;

    private ScriptText(string text, Func<int, int, TextPosition> place)
    {
        Text = text;
        _place = place;
    }

    public string Text { get; }

    public static ScriptText Of(string text, TextPosition where)
    {
        var query = new QueryText(text, where);
        return new ScriptText(text, (start, length) => query.At(new Span(start, start + length)));
    }

    public static ScriptText OfFile(string text, string path) => new(text, new SourceText(path, text).At);

    /// <summary>The place of some characters.</summary>
    public TextPosition At(int start, int length) => _place(start, length);
}
