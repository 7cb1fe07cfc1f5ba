using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using PdfSharp.Pdf.IO;
using PdfSharp.Pdf.Signatures;
using SinHo.Reporting.Faces;
using SinHo.Reporting.Words;

namespace SinHo.Reporting.Signing;

/// <summary>What signs files for an office: today a certificate in a file, later perhaps a token.</summary>
public interface IOfficeSeal
{
    /// <summary>Whose it is: the subject of the certificate.</summary>
    string Owner { get; }

    /// <summary>A signature (CMS, detached) of what the bytes say.</summary>
    byte[] Sign(byte[] content);
}

/// <summary>A certificate that signed something.</summary>
/// <param name="Owner">Its subject.</param>
/// <param name="Sha256">Of the certificate.</param>
public sealed record CertificateOfSigner(string Owner, string Sha256);

/// <summary>The office's certificate: a PKCS#12 file that nobody but its owner may read, in no backup; its passphrase is typed and never kept.</summary>
public sealed class OfficeCertificate : IOfficeSeal, IDisposable
{
    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly X509Certificate2 certificate;

    private OfficeCertificate(X509Certificate2 certificate) => this.certificate = certificate;

    public string Owner => certificate.Subject;

    /// <param name="day">The day on which is signed; the certificate must hold on it.</param>
    /// <exception cref="SigningRefusedException">Others may read the file, it does not open, has no key, or does not hold on the day.</exception>
    public static OfficeCertificate Open(string path, string passphrase, DateOnly day)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OfOthers) != UnixFileMode.None)
            throw Refused($"Tệp chứng thư {path} để người khác đọc được; hãy đặt quyền 0600 (chmod 600) rồi ký lại.");
        X509Certificate2 opened;
        try
        {
            opened = X509CertificateLoader.LoadPkcs12FromFile(path, passphrase, X509KeyStorageFlags.EphemeralKeySet);
        }
        catch (CryptographicException)
        {
            throw Refused($"Không mở được chứng thư {path}: sai mật khẩu, hoặc không phải tệp PKCS#12.");
        }
        var (first, last) = (Day(opened.NotBefore), Day(opened.NotAfter));
        if (opened.HasPrivateKey && first <= day && last >= day)
            return new(opened);
        using (opened)
        {
            throw Refused(!opened.HasPrivateKey
                ? $"Chứng thư {path} không có khóa để ký."
                : $"Chứng thư {path} có hạn từ {Vietnamese.Day(first)} đến {Vietnamese.Day(last)}, không gồm ngày ký {Vietnamese.Day(day)}.");
        }
    }

    private static DateOnly Day(DateTime moment) => Vietnamese.Today(new DateTimeOffset(moment.ToUniversalTime()));

    public byte[] Sign(byte[] content)
    {
        var signed = new SignedCms(new ContentInfo(content), detached: true);
        signed.ComputeSignature(new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate) { DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"), IncludeOption = X509IncludeOption.EndCertOnly });
        return signed.Encode();
    }

    /// <summary>Whose signature of the content it is; null where it is none of this content.</summary>
    public static string? OwnerOf(byte[] signature, byte[] content) => SignerOf(signature, content)?.Owner;

    /// <summary>The same, with the certificate's own hash: anybody may write any name into one that he makes.</summary>
    public static CertificateOfSigner? SignerOf(byte[] signature, byte[] content)
    {
        var signed = new SignedCms(new ContentInfo(content), detached: true);
        try
        {
            signed.Decode(signature);
            signed.CheckSignature(verifySignatureOnly: true);
            return signed.SignerInfos[0].Certificate is { } one ? new(one.Subject, Convert.ToHexStringLower(SHA256.HashData(one.RawData))) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void Dispose() => certificate.Dispose();

    private static SigningRefusedException Refused(string message) => new("certificate", message);
}

/// <summary>Puts the signature of an office into a PDF, where every reader of PDFs shows whose it is and whether it holds.</summary>
internal static class SealedPdf
{
    public static async Task SealAsync(string path, IOfficeSeal seal, Issue issue)
    {
        using var document = PdfReader.Open(path, PdfDocumentOpenMode.Modify);
        DigitalSignatureHandler.ForDocument(document, new Signer(seal), new()
        {
            Reason = string.Create(CultureInfo.InvariantCulture, $"Ký báo cáo số {issue.Number}"),
            AppName = "SinHo.Reporting",
        });
        await document.SaveAsync(path);
    }

    private sealed class Signer(IOfficeSeal seal) : IDigitalSigner
    {
        // Of a dummy, with room for what a longer digest or chain would take.
        private const int Spare = 512;

        public string CertificateName => seal.Owner;

        public Task<int> GetSignatureSizeAsync() => Task.FromResult(seal.Sign([0]).Length + Spare);

        /// <summary>What is signed is read as it comes: the stream leaves out the place of the signature and knows nothing else.</summary>
        public Task<byte[]> GetSignatureAsync(Stream stream)
        {
            var content = new byte[stream.Length];
            var read = stream.Read(content, 0, content.Length);
            return read == content.Length ? Task.FromResult(seal.Sign(content)) : throw new IOException($"Read {read} of {content.Length} bytes of a PDF to be signed.");
        }
    }
}
