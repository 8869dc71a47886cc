using System.Text;
using Kinora.Errors;

namespace Kinora.Accounts;

/// <summary>What a password must be. It is taken as it is: nothing is trimmed, cut or normalised, and every Unicode character counts as one.</summary>
internal static class PasswordRules
{
    public const int Shortest = 8;

    /// <summary>Long enough for any sentence, short enough that hashing it costs nothing extra.</summary>
    public const int Longest = 128;

    /// <summary>False for what nobody's password can be: too long, or half a character. Costs nothing.</summary>
    public static bool CanBe(string password) => password.Length <= 2 * Longest && Count(password) <= Longest && IsWhole(password);

    /// <param name="field">The field of the request it came in.</param>
    /// <exception cref="KinoraException"><c>invalid_request</c>: says what is wrong with it.</exception>
    public static void Check(string password, string username, string field = "password")
    {
        if (Fault(password, username) is { } fault)
        {
            throw KinoraException.Invalid([new Fault(field, fault)]);
        }
    }

    /// <summary>What is wrong with it, in one sentence; null when nothing is.</summary>
    public static string? Fault(string password, string username)
    {
        if (password.Length > 2 * Longest || Count(password) > Longest)
        {
            return $"A password has at most {Longest} characters.";
        }

        if (Count(password) < Shortest)
        {
            return $"A password has at least {Shortest} characters.";
        }

        return !IsWhole(password) ? "The password has half a character in it: a surrogate without its other half."
            : GuessablePassword.IsOwn(password, username) ? "The password is the name of the user, or hardly more. Choose one that nobody guesses."
            : GuessablePassword.IsCommon(password) ? "The password is one of those that are tried first: a common word with some digits, a row of keys, or the same again and again. Choose another."
            : null;
    }

    private static int Count(string text) => text.EnumerateRunes().Count();

    private static bool IsWhole(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
            {
                return false;
            }

            at += rune.Utf16SequenceLength - 1;
        }

        return true;
    }
}
