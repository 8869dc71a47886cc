using System.Security.Cryptography;
using System.Text;
using Kinora.Errors;
using Kinora.Generation;

namespace Kinora.Folders;

/// <summary>
/// Whose a file of a shared folder is: the local user's lie at its top, as they always did, everybody else's in a part of it that only he can name. The names
/// that users see begin in their own part.
/// </summary>
public static class OwnedNames
{
    private const string Users = "users";

    /// <summary>The name as the folder knows it.</summary>
    /// <exception cref="KinoraException"><c>file_not_found</c>: the local user names a file of another.</exception>
    public static string Of(string owner, string name) =>
        owner != Caller.Local.UserId ? Prefix(owner) + name
        : name.Split('/')[0].Equals(Users, StringComparison.OrdinalIgnoreCase) ? throw new KinoraException(ErrorCodes.FileNotFound, "There is no such file of yours in this folder.")
        : name;

    /// <summary>The name as its owner sees it; null when the file is another's.</summary>
    public static string? Own(string owner, string name) =>
        owner != Caller.Local.UserId ? (name.StartsWith(Prefix(owner), StringComparison.Ordinal) ? name[Prefix(owner).Length..] : null)
        : name.Split('/')[0].Equals(Users, StringComparison.OrdinalIgnoreCase) ? null
        : name;

    private static string Prefix(string owner) => $"{Users}/{Folder(owner)}/";

    /// <summary>A user's id as one part of a name: as it is where that can be, else a hash of it.</summary>
    private static string Folder(string owner) =>
        UserFileName.IsAllowed(owner) && !owner.Contains('/', StringComparison.Ordinal) && owner[0] != '_'
            ? owner
            : "_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(owner)))[..32];
}
