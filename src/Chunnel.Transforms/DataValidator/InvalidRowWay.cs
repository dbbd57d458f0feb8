namespace Chunnel.Transforms.DataValidator;

/// <summary>What becomes of a row that breaks a rule.</summary>
public enum InvalidRowWay
{
    /// <summary>The job fails.</summary>
    Fail,

    /// <summary>The row is left out.</summary>
    Skip,

    /// <summary>A row of another table tells of it.</summary>
    RouteToTable,
}
