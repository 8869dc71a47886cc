namespace Kinora.Accounts;

/// <summary>Slow, salted hashes of passwords. Safe for many threads; each call keeps a processor busy for about a tenth of a second.</summary>
public interface IPasswordHasher
{
    /// <summary>A new hash with a salt of its own, as text that holds all that <see cref="Verify"/> needs.</summary>
    string Hash(string password);

    PasswordVerdict Verify(string hash, string password);
}

public enum PasswordVerdict
{
    Wrong,
    Right,

    /// <summary>Right, but hashed with less work than is asked for today: hash it anew while the password is at hand.</summary>
    RightButOld,
}
