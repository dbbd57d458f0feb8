namespace Chunnel.Config;

public enum PluginKind
{
    Source,
    Transform,
    Sink,
}
