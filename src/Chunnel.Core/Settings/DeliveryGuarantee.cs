namespace Chunnel.Core;

/// <summary>What becomes of rows when something fails, from the weakest.</summary>
public enum DeliveryGuarantee
{
    /// <summary>Rows may be lost.</summary>
    AtMostOnce,

    /// <summary>No row is lost; some may come again.</summary>
    AtLeastOnce,

    /// <summary>Every row shows once.</summary>
    ExactlyOnce,
}
