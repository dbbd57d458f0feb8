namespace Chunnel.Config.Env;

/// <summary>Who prepares the target tables.</summary>
public enum SaveModeLocation
{
    Cluster,
    Client,
}
