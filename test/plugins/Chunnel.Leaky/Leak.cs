using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Leaky;

/// <summary>Where the leaky plug-ins say their settings.</summary>
internal static class Leak
{
    public static readonly Option<string> Place = Option.Text("leaks_in").Default("").Says("Where it tells what it must not.");

    public static readonly Option<string> Word = Option.Text("magic_word").IsSecret().Default("").Says("A secret that only the plug-in knows to be one.");

    public static readonly Option<string> Password = Option.Text("password").Default("").Says("A secret that everybody knows to be one.");

    /// <summary>Fails there, if it is to.</summary>
    public static void Here(string place, PluginContext context)
    {
        if (Is(place, context)) throw new InvalidOperationException($"No entry ({place}) with {TextOf(context)}", new IOException($"the server said: {TextOf(context)}"));
    }

    public static bool Is(string place, PluginContext context) => context.Get(Place) == place;

    /// <summary>Everything that the block holds, its secrets in all forms that programs write them in.</summary>
    public static string TextOf(PluginContext context) =>
        string.Join(" | ", TextsIn(context.Settings).SelectMany(text => new[] { text, text.ToUpperInvariant(), Uri.EscapeDataString(text), System.Text.Json.JsonSerializer.Serialize(text, _plainly) }));

    private static readonly System.Text.Json.JsonSerializerOptions _plainly = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static IEnumerable<string> TextsIn(SettingsNode node) => node switch
    {
        SettingsObject inner => inner.Entries.SelectMany(entry => TextsIn(entry.Value)),
        SettingsList list => list.Items.SelectMany(TextsIn),
        SettingsScalar scalar => [scalar.Text],
        _ => [],
    };
}
