namespace Chunnel.Rest;

/// <summary>The ports of v2, once they are found; null where there is none.</summary>
internal sealed class OpenPorts
{
    public int? Http { get; set; }

    public int? Https { get; set; }
}
