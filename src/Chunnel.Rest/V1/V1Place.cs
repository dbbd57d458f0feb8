namespace Chunnel.Rest;

/// <summary>Where v1 has a route that both faces have.</summary>
internal enum V1Place
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>Below <c>/hazelcast/rest/maps</c>, with all that begins like it.</summary>
    Maps,

    /// <summary>Below <c>/hazelcast/rest/instance</c>, that very address only.</summary>
    Instance,
}
