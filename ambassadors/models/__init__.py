"""Tables of the ambassadors: who applies, who helps, what they test, where they meet and what they are paid."""

from ambassadors.models.agreement import Agreement, AgreementGiven, AgreementVersion
from ambassadors.models.ambassador import Ambassador
from ambassadors.models.application import Application, CampaignInvite
from ambassadors.models.campaign import Campaign, CampaignNote, CampaignQuestion, Criterion, Voice
from ambassadors.models.consultation import Consultation
from ambassadors.models.event import BrandEvent, CalendarFeed, Registration
from ambassadors.models.move import Disclosed, Move
from ambassadors.models.occasion import Occasion, OccasionRule
from ambassadors.models.payout import Payout, PayoutItem, PayoutShare
from ambassadors.models.product_test import ApplyQuestion, Draw, ProductTest, Segment
from ambassadors.models.radar import Nomination, RadarScore
from ambassadors.models.report import Findings, Report, ReportPhoto, ReportQuestion
from ambassadors.models.shipment import Address, Shipment
from ambassadors.models.statement import Statement, StatementLine
from ambassadors.models.tax_profile import TaxProfile
from ambassadors.models.tester import Tester
from ambassadors.models.tier import Tier, TierChange, TierFee
from ambassadors.models.training import (
    TrainingAttempt,
    TrainingChoice,
    TrainingModule,
    TrainingQuestion,
    TrainingRenewal,
)

__all__ = [
    "Address",
    "Agreement",
    "AgreementGiven",
    "AgreementVersion",
    "Ambassador",
    "Application",
    "ApplyQuestion",
    "BrandEvent",
    "CalendarFeed",
    "Campaign",
    "CampaignInvite",
    "CampaignNote",
    "CampaignQuestion",
    "Consultation",
    "Criterion",
    "Disclosed",
    "Draw",
    "Findings",
    "Move",
    "Nomination",
    "Occasion",
    "OccasionRule",
    "Payout",
    "PayoutItem",
    "PayoutShare",
    "ProductTest",
    "RadarScore",
    "Registration",
    "Report",
    "ReportPhoto",
    "ReportQuestion",
    "Segment",
    "Shipment",
    "Statement",
    "StatementLine",
    "TaxProfile",
    "Tester",
    "Tier",
    "TierChange",
    "TierFee",
    "TrainingAttempt",
    "TrainingChoice",
    "TrainingModule",
    "TrainingQuestion",
    "TrainingRenewal",
    "Voice",
]
