using Chunnel.Core;

namespace Chunnel.Config.Sql;

/// <summary>A piece of the file without its comments, each character with its place.</summary>
internal sealed class SqlText(SourceText origin)
{
    private readonly System.Text.StringBuilder _text = new();
    private readonly List<int> _offsets = [];

    public bool IsBlank => string.IsNullOrWhiteSpace(_text.ToString());

    public bool EndsWithBlank => _text.Length == 0 || char.IsWhiteSpace(_text[^1]);

    public void Add(char c, int offset)
    {
        _text.Append(c);
        _offsets.Add(offset);
    }

    public SourceText ToSource(int end) => SourceText.Cut(_text.ToString(), origin, [.. _offsets, end]);
}
