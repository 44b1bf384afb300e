using System.Security.Cryptography;

namespace VitLab.Data;

/// <summary>Tells data by the content of its files.</summary>
internal static class FileChecksum
{
    /// <summary>The first 16 hex digits of a SHA-256 over those of the files, and these in full, lower-case.</summary>
    public static (string All, IReadOnlyList<string> Each) Of(IEnumerable<string> paths)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        List<string> each = [];
        foreach (var path in paths)
        {
            using var stream = File.OpenRead(path);
            var hash = SHA256.HashData(stream);
            all.AppendData(hash);
            each.Add(Convert.ToHexStringLower(hash));
        }

        return (Convert.ToHexStringLower(all.GetHashAndReset())[..16], each);
    }
}
