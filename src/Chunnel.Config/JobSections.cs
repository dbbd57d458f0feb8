namespace Chunnel.Config;

/// <summary>The root keys that hold plug-ins.</summary>
internal static class JobSections
{
    public const string Env = "env";
    public const string Source = "source";
    public const string Transform = "transform";
    public const string Sink = "sink";
    public const string PluginName = "plugin_name";

    public static bool IsSection(string key) => key is Source or Transform or Sink;
}
