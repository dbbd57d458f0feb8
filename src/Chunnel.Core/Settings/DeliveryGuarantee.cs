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

public static class DeliveryGuaranteeWords
{
    /// <summary>As people write it: <c>exactly-once</c>.</summary>
    public static string InWords(this DeliveryGuarantee level) => level switch
    {
        DeliveryGuarantee.ExactlyOnce => "exactly-once",
        DeliveryGuarantee.AtLeastOnce => "at-least-once",
        _ => "at-most-once",
    };
}
