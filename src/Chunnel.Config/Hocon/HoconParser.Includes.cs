using Chunnel.Core;

namespace Chunnel.Config.Hocon;

// include "name", include file("name"), classpath, url, and required(...) around any of them.
internal sealed partial class HoconParser
{
    private static readonly string[] Forms = ["required", "file", "classpath", "url"];

    private bool TryParseInclude(MemberTarget target)
    {
        const string Keyword = "include";
        if (!_text.AsSpan(_at).StartsWith(Keyword)) return false;
        var after = _at + Keyword.Length;
        while (after < _text.Length && _text[after] is ' ' or '\t') after++;
        if (after == _at + Keyword.Length || after >= _text.Length) return false;
        var rest = _text.AsSpan(after);
        if (rest[0] != '"' && !StartsForm(rest)) return false;

        var start = _at;
        _at = after;
        var forms = new List<string>();
        while (TakeForm() is { } form) forms.Add(form);
        if (ParseQuoted() is { } name && TakeClosing(forms.Count, start)) Include(target, forms, name.Text, _source.At(start, _at - start));
        else SkipMember();
        return true;
    }

    private static bool StartsForm(ReadOnlySpan<char> text)
    {
        foreach (var form in Forms)
        {
            if (text.StartsWith(form) && text[form.Length..] is ['(', ..]) return true;
        }
        return false;
    }

    private string? TakeForm()
    {
        TakeBlanks();
        foreach (var form in Forms)
        {
            if (!_text.AsSpan(_at).StartsWith(form + "(")) continue;
            _at += form.Length + 1;
            TakeBlanks();
            return form;
        }
        return null;
    }

    private bool TakeClosing(int count, int start)
    {
        for (; count > 0; count--)
        {
            TakeBlanks();
            if (Peek() != ')')
            {
                Wrong(start, _at - start, "The include lacks a closing ')'.", null);
                return false;
            }
            _at++;
        }
        return true;
    }

    private void Include(MemberTarget target, List<string> forms, string name, TextPosition where)
    {
        if (forms.Contains("url"))
        {
            _reading.Wrong(where, $"Includes from the network are not read: {name}", "Fetch the file and include it by its path.");
            return;
        }
        if (_reading.Includes is not { } reader)
        {
            _reading.Wrong(where, $"The include of '{name}' cannot be followed: this job came as a text, not as a file.", "Put the included text into the job.");
            return;
        }
        if (++_reading.IncludeCount > HoconReading.MaxIncludes)
        {
            _reading.Wrong(where, $"More than {HoconReading.MaxIncludes} includes.", null);
            _reading.GiveUp();
            return;
        }
        var kind = forms.Contains("file") ? IncludeKind.File : forms.Contains("classpath") ? IncludeKind.Classpath : IncludeKind.Relative;
        if (Read(reader, new IncludeRequest(kind, name, _source.File), where) is { } found) ParseIncluded(target, found, where);
        else if (forms.Contains("required")) _reading.Wrong(where, $"The included file '{name}' does not exist.", "Relative names stand beside the file that includes.");
        else _reading.Warn(where, $"The included file '{name}' does not exist; the job goes on without it.", "Write include required(...) to make this a mistake.");
    }

    private IncludedText? Read(IncludeReader reader, IncludeRequest request, TextPosition where)
    {
        try
        {
            return reader(request);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _reading.Wrong(where, $"The included file '{request.Name}' cannot be read: {e.Message}");
            return new IncludedText(request.Name, "");
        }
    }

    private void ParseIncluded(MemberTarget target, IncludedText found, TextPosition where)
    {
        if (found.File == _source.File || _reading.IncludeStack.Contains(found.File))
        {
            _reading.Wrong(where, $"The file '{found.File}' includes itself.", "Break the circle.");
            return;
        }
        _reading.IncludeStack.Push(_source.File);
        new HoconParser(new SourceText(found.File, found.Text), _reading) { _depth = _depth }.ParseRootInto(target);
        _reading.IncludeStack.Pop();
    }
}
