using System.Text.RegularExpressions;
using CsCheck;

namespace Chunnel.Core.Tests;

/// <summary>Each shape beside its pattern, as .NET's engine reads it.</summary>
public sealed class SecretShapesTests
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking;
    private static readonly Regex _keys = new("""(?<key>[\w.\-]+)\\*["'`]?\s*(\+?[=:]\s*|\{)""", Linear);
    private static readonly Regex _userInfo = new("""://[^\s"'/:@]*:(?<secret>[^\s"']*)@""", Linear);
    private static readonly Regex _oracle = new("""jdbc:oracle:\w+:[^\s"'/@]*/(?<secret>[^\s"'@]*)@""", Linear);

    private static readonly string[] _pieces =
    [
        "password", "a.b-c", "_x1", "é", "ｘ", "\u0301", "\u0903", "\u203F", "٣", "²", "=", ":", "+", "+=", "{", "}", "\\", "\"", "'", "`",
        " ", "\n", "\u00A0", "://", "/", "@", "jdbc:oracle:", "thin:", "user", ",", "-",
    ];

    private static readonly Gen<string> _texts = Gen.Int[0, _pieces.Length - 1].Array[0, 24].Select(chosen => string.Concat(chosen.Select(piece => _pieces[piece])));

    [Fact]
    public void Keys_stand_where_the_pattern_finds_them() => _texts.Sample(
        text => SecretShapes.KeysBeforeValues(text).ShouldBe(_keys.Matches(text).Select(match =>
            (match.Groups["key"].Value, match.Index + match.Length - (match.ValueSpan[^1] == '{' ? 1 : 0)))),
        iter: 20_000);

    [Fact]
    public void Passwords_before_a_host_stand_where_the_pattern_finds_them() => _texts.Sample(
        text => Found(text, SecretShapes.AddOfUserInfo).ShouldBe(Found(text, _userInfo)), iter: 20_000);

    [Fact]
    public void Passwords_of_Oracle_stand_where_the_pattern_finds_them() => _texts.Sample(
        text => Found("jdbc:oracle:" + text, SecretShapes.AddOfOracle).ShouldBe(Found("jdbc:oracle:" + text, _oracle)), iter: 20_000);

    [Fact]
    public void Every_character_is_of_a_key_as_the_pattern_says()
    {
        for (var one = char.MinValue; one < char.MaxValue; one++)
        {
            var text = $"{one}=";
            SecretShapes.KeysBeforeValues(text).Any().ShouldBe(_keys.IsMatch(text), $"U+{(int)one:X4}");
        }
    }

    private static List<(int, int)> Found(string text, Action<string, List<(int, int)>> add)
    {
        var spans = new List<(int, int)>();
        add(text, spans);
        return spans;
    }

    private static List<(int, int)> Found(string text, Regex pattern) =>
        [.. pattern.Matches(text).Select(match => match.Groups["secret"]).Where(secret => secret.Length > 0).Select(secret => (secret.Index, secret.Index + secret.Length))];
}
