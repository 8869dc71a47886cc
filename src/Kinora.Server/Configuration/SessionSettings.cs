using System.Globalization;
using Kinora.Configuration;
using Kinora.Sessions;

namespace Kinora.Server.Configuration;

/// <summary>Section <c>Sessions</c>, and the variables that the original image server read where the section is silent.</summary>
internal static class SessionSettings
{
    public static ImageSessionOptions Read(KinoraConfiguration configuration, List<string> faults)
    {
        var options = OptionsReader.Read<ImageSessionOptions>(configuration.Settings, "Sessions", faults);
        return options with
        {
            MaxActive = Variable(configuration, faults, "MaxActive", "MCP_MAX_SESSIONS", options.MaxActive, 100_000),
            TimeoutSeconds = Variable(configuration, faults, "TimeoutSeconds", "MCP_SESSION_TIMEOUT", options.TimeoutSeconds, 31_536_000),
        };
    }

    private static int Variable(KinoraConfiguration configuration, List<string> faults, string setting, string variable, int otherwise, int most)
    {
        if (configuration.Settings[$"Sessions:{setting}"] is not null || !configuration.Environment.TryGetValue(variable, out var text) || text.Trim().Length == 0)
        {
            return otherwise;
        }

        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= most)
        {
            return value;
        }

        faults.Add($"{variable}: a whole number from 1 to {most} is expected.");
        return otherwise;
    }
}
