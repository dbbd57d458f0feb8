namespace Chunnel.Core;

/// <summary>The three parts that a plug-in can play in a job.</summary>
public enum PluginKind
{
    Source,
    Transform,
    Sink,
}
