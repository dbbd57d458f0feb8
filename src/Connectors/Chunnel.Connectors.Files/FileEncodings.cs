using System.Text;
using Chunnel.Core;
using Chunnel.Formats;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Reads an encoding's name from a job.</summary>
internal static class FileEncodings
{
    /// <exception cref="ChunnelException">COMMON-08: nobody knows the encoding.</exception>
    public static Encoding Read(Option<string> option, SettingsObject block)
    {
        try
        {
            return TextEncodings.Parse(option.Read(block));
        }
        catch (ChunnelException unknown)
        {
            throw new ChunnelException(unknown.Code, unknown.What, unknown) { Where = option.Find(block)?.Value.Where ?? TextPosition.Nowhere, Mend = unknown.Mend };
        }
    }

    /// <summary>What is wrong with the encoding, or null.</summary>
    public static Problem? Check(Option<string> option, SettingsObject block)
    {
        try
        {
            Read(option, block);
            return null;
        }
        catch (ChunnelException wrong)
        {
            return wrong.ToProblem();
        }
    }
}
