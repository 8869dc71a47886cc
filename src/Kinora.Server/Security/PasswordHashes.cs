using Kinora.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Security;

/// <summary>
/// ASP.NET's own password hashes, format 3: PBKDF2 with HMAC-SHA512, 128 bits of salt, with more rounds than its default of 100,000. OWASP asks for 210,000
/// (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html).
/// </summary>
internal sealed class PasswordHashes(AccountOptions options) : IPasswordHasher
{
    /// <summary>The hasher is generic in a user it never looks at.</summary>
    private static readonly object _nobody = new();

    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions
    {
        CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV3,
        IterationCount = options.PasswordRounds,
    }));

    public string Hash(string password) => _hasher.HashPassword(_nobody, password);

    public PasswordVerdict Verify(string hash, string password) => _hasher.VerifyHashedPassword(_nobody, hash, password) switch
    {
        PasswordVerificationResult.Success => PasswordVerdict.Right,
        PasswordVerificationResult.SuccessRehashNeeded => PasswordVerdict.RightButOld,
        _ => PasswordVerdict.Wrong,
    };
}
