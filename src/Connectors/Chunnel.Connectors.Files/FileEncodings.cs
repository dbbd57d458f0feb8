using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Encodings by the names that job files use, those of Windows and China among them.</summary>
internal static class FileEncodings
{
    /// <exception cref="ChunnelException">COMMON-08: nobody knows the encoding.</exception>
    public static Encoding Read(Option<string> option, SettingsObject block)
    {
        var name = option.Read(block).Trim();
        try
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            var encoding = Encoding.GetEncoding(name);
            return encoding.CodePage == Encoding.UTF8.CodePage ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) : encoding;
        }
        catch (ArgumentException)
        {
            throw new ChunnelException(CommonErrors.UnsupportedEncoding(name), $"'{option.Key}' is '{name}'.") { Where = option.Find(block)?.Value.Where ?? TextPosition.Nowhere, Mend = "Known are, among others: UTF-8, UTF-16LE, GBK, GB18030, Big5, Shift_JIS, ISO-8859-1, windows-1252." };
        }
    }
}
