using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chunnel.Core;

namespace Chunnel.Transforms.Providers;

/// <summary>A request as a job file describes it: headers, a body with placeholders, and where the answers stand (spec transforms.md 3.10).</summary>
internal sealed partial class CustomCall(IReadOnlyDictionary<string, string> headers, SettingsObject body, AnswerPath answers)
{
    private const string Input = "input";

    public AnswerPath Answers => answers;

    public static CustomCall Of(SettingsObject settings)
    {
        var custom = ModelOptions.CustomOf(settings);
        var headers = ModelOptions.CustomHeaders.TryRead(custom, out var written) ? written : new Dictionary<string, string>();
        return new CustomCall(headers, ModelOptions.CustomBody.Read(custom), AnswerPath.Parse(ModelOptions.CustomResponse.Read(custom)));
    }

    public static string? WrongHeaders(IReadOnlyDictionary<string, string> headers) =>
        headers.All(header => HeaderName().IsMatch(header.Key) && JsonRequests.CanBeSent(header.Value)) ? null : "A header has characters that cannot be sent.";

    /// <summary>The request for some inputs.</summary>
    /// <param name="address">Where it goes.</param>
    /// <param name="values">What the placeholders stand for, but <c>${input}</c>.</param>
    /// <param name="inputs">What <c>${input}</c> stands for: in a list that holds nothing else each is an element, elsewhere it must be one.</param>
    public HttpRequestMessage Request(Uri address, IReadOnlyDictionary<string, string> values, IReadOnlyList<string> inputs)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonRequests.Content(json => Write(json, body, values, inputs)) };
        foreach (var (name, value) in headers)
        {
            if (request.Headers.TryAddWithoutValidation(name, value)) continue;
            request.Content.Headers.Remove(name);
            request.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    private static void Write(Utf8JsonWriter json, SettingsNode node, IReadOnlyDictionary<string, string> values, IReadOnlyList<string> inputs)
    {
        switch (node)
        {
            case SettingsObject members:
                json.WriteStartObject();
                foreach (var entry in members.Entries)
                {
                    json.WritePropertyName(entry.Key);
                    Write(json, entry.Value, values, inputs);
                }
                json.WriteEndObject();
                break;
            case SettingsList { Items: [SettingsScalar { Kind: ScalarKind.Text } only] } when IsInputAlone(only.Text):
                json.WriteStartArray();
                foreach (var input in inputs) json.WriteStringValue(input);
                json.WriteEndArray();
                break;
            case SettingsList list:
                json.WriteStartArray();
                foreach (var item in list.Items) Write(json, item, values, inputs);
                json.WriteEndArray();
                break;
            case SettingsScalar { Kind: ScalarKind.Null }:
                json.WriteNullValue();
                break;
            case SettingsScalar { Kind: ScalarKind.Boolean } scalar:
                json.WriteBooleanValue(SettingsConvert.ToBoolean("", scalar));
                break;
            case SettingsScalar { Kind: ScalarKind.Number } scalar when JsonRequests.IsNumber(scalar.Text):
                json.WriteRawValue(scalar.Text);
                break;
            case SettingsScalar scalar:
                json.WriteStringValue(Filled(scalar.Text, values, inputs));
                break;
        }
    }

    private static bool IsInputAlone(string text) => Placeholder().Match(text) is { Success: true } match && match.Length == text.Length && match.Groups["name"].Value == Input;

    private static string Filled(string text, IReadOnlyDictionary<string, string> values, IReadOnlyList<string> inputs) => Placeholder().Replace(text, match =>
    {
        var name = match.Groups["name"].Value;
        if (name == Input) return inputs.Count == 1 ? inputs[0] : string.Join('\n', inputs);
        return values.TryGetValue(name, out var value) ? value : match.Groups["default"].Success ? match.Groups["default"].Value : match.Value;
    });

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_]+)(:(?<default>[^}]*))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\A[!#$%&'*+\-.^_`|~0-9A-Za-z]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderName();
}
