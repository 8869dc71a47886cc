using System.Text;
using Kinora.Errors;

namespace Kinora.Server.Commands;

/// <summary>
/// A password from the person at the shell: typed twice without being shown, or the first line of stdin when that is no terminal. Never an argument: those
/// stand in the list of processes and in the shell's history.
/// </summary>
internal static class PasswordInput
{
    /// <summary>Bytes of a line; more than the longest password has in any script, so that the rules see that it is too long.</summary>
    private const int LongestLine = 4096;

    /// <returns>Null when it was interrupted by Ctrl+C.</returns>
    /// <exception cref="KinoraException"><c>invalid_request</c>: typed differently, or no text.</exception>
    public static string? Read()
    {
        if (Console.IsInputRedirected)
        {
            using var input = Console.OpenStandardInput();
            return FirstLine(input);
        }

        return Typed("Password: ") is not { } password || Typed("The same again: ") is not { } again ? null
            : password == again ? password
            : throw Fault("The two were not the same. Nothing was changed.");
    }

    internal static string FirstLine(Stream input)
    {
        var line = new List<byte>();
        for (var next = input.ReadByte(); next is >= 0 and not '\n' && line.Count < LongestLine; next = input.ReadByte())
        {
            line.Add((byte)next);
        }

        if (line is [.., (byte)'\r'])
        {
            line.RemoveAt(line.Count - 1);
        }

        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString([.. line]);
        }
        catch (DecoderFallbackException)
        {
            throw Fault("The password on stdin is not UTF-8 text.");
        }
    }

    private static string? Typed(string prompt)
    {
        Console.Error.Write(prompt);
        // Ctrl+C as a key: the usual signal would leave this waiting for one.
        Console.TreatControlCAsInput = true;
        try
        {
            return Keys();
        }
        finally
        {
            Console.TreatControlCAsInput = false;
            Console.Error.WriteLine();
        }
    }

    private static string? Keys()
    {
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    return typed.ToString();
                case { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }:
                    return null;
                case { Key: ConsoleKey.Backspace }:
                    typed.Length -= typed.Length switch
                    {
                        0 => 0,
                        > 1 when char.IsSurrogatePair(typed[^2], typed[^1]) => 2,
                        _ => 1,
                    };
                    break;
                case { KeyChar: >= ' ' }:
                    typed.Append(key.KeyChar);
                    break;
            }
        }
    }

    private static KinoraException Fault(string text) => KinoraException.Invalid([new Fault("password", text)]);
}
