using Kinora.Errors;

namespace Kinora.Server.Commands;

/// <summary>The command line's one place where faults become text and an exit code. Never a stack trace.</summary>
internal static partial class CliErrors
{
    public static int Report(Exception fault, CliContext context)
    {
        if (fault is KinoraException known)
        {
            // A text that names a command already knows better.
            var next = known.Message.Contains("`kinora ", StringComparison.Ordinal) ? "" : Next(known.Code);
            context.Error(known.Message + next, known.Code, known.Faults);
            return known.Code switch
            {
                ErrorCodes.ProviderNotAllowed or ErrorCodes.AuthRequired => ExitCodes.NotAllowed,
                ErrorCodes.DatabaseBusy or ErrorCodes.DatabaseUnusable or ErrorCodes.StorageFull or ErrorCodes.StorageUnavailable or ErrorCodes.StorageDamaged
                    or ErrorCodes.MediaToolMissing or ErrorCodes.AssetMissing => ExitCodes.Failed,
                _ => ExitCodes.Refused,
            };
        }

        var logId = Guid.NewGuid().ToString("N")[..8];
        context.Log?.Unexpected(logId, fault);
        context.Error($"Something went wrong inside Kinora. The log in the data folder tells more under {logId}.", ErrorCodes.Internal, []);
        return ExitCodes.Failed;
    }

    /// <summary>Which command helps on, where one does; what else there is to do is said by the fault itself and by its <see cref="Recovery"/>.</summary>
    private static string Next(string code) => code switch
    {
        ErrorCodes.NotFound => " `kinora list` shows what there is.",
        ErrorCodes.SessionNotFound => " `kinora session list` shows the active ones.",
        ErrorCodes.ModelNotFound => " `kinora models` lists all.",
        ErrorCodes.NotTerminal => " See `kinora wait` and `kinora cancel`.",
        _ => "",
    };

    [LoggerMessage(Level = LogLevel.Critical, Message = "Command failed unexpectedly ({LogId})")]
    private static partial void Unexpected(this ILogger log, string logId, Exception fault);
}
